/** Milliseconds without another change before something is said. */
const quiet = 1000;

export interface Announcer {
  readonly element: HTMLElement;
  hear(sentence: string): void;
}

/** A live region that says in a sentence what has come of a change, once it is over. */
export function createAnnouncer(): Announcer {
  const element = document.createElement('div');
  element.className = 'only-read';
  element.setAttribute('role', 'status');
  let timer = 0;
  let sentence = '';
  return {
    element,
    hear(next) {
      if (next === sentence) return;
      sentence = next;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        element.textContent = sentence;
      }, quiet);
    },
  };
}
