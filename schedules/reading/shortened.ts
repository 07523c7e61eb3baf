/** What a person needs of a text to find it again. */
export function shortened(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
