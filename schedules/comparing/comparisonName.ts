/** What a comparison is called by default, after its first file: `tutorial-2026-11-22-201530`. */
export function comparisonName(file: string, now = new Date()): string {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  const stem = base.replace(/(\.schedules)?\.\w+$/, '');
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  return `${stem}-${date}-${time}`;
}
