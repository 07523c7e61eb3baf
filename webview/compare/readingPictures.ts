/** Milliseconds until a comparison that is read is shown at first: most are read by then. */
const firstPause = 300;
/** Between two pictures of it; the first has no charts. They take time from reading it. */
const pause = 2000;

/** When a comparison is drawn that is not read to its end. */
export interface ReadingPictures {
  /** It is read from its start. */
  begin(): void;
  /** More of it is read. */
  goOn(): void;
  end(): void;
  /** Whether it takes so long that charts of a part are worth their time; true where none is read. */
  readonly haveCharts: boolean;
}

export function readingPictures(drawSoon: () => void): ReadingPictures {
  let since = -Infinity;
  let timer: number | undefined;
  const drawLater = (milliseconds: number): void => {
    timer ??= window.setTimeout(() => {
      timer = undefined;
      drawSoon();
    }, milliseconds);
  };
  const forget = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    begin() {
      forget();
      since = performance.now();
      drawLater(firstPause);
    },
    goOn() {
      drawLater(pause);
    },
    end() {
      forget();
      since = -Infinity;
    },
    get haveCharts() {
      return performance.now() - since >= pause;
    },
  };
}
