/** About the width of a character at the size of 12 pixels that pictures are labelled in. */
const characterWidth = 6.7;

/** Ideographs and the like are twice as wide. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u;

function widthOf(character: string): number {
  return wide.test(character) ? 2 * characterWidth : characterWidth;
}

/** How wide a text will be, in pixels: an estimate, since nothing here can measure fonts. */
export function textWidth(text: string): number {
  return Array.from(text).reduce((width, character) => width + widthOf(character), 0);
}

/** A text that fits into a width, cut at its end where it has to be. */
export function shortened(text: string, width: number): string {
  const characters = Array.from(text.slice(0, 2 * width));
  let end = 0;
  for (let used = 0; end < characters.length; end++) {
    used += widthOf(characters[end] ?? '');
    if (used > width) return `${characters.slice(0, end - 1).join('')}…`;
  }
  return text;
}
