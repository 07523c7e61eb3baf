import type { Picture } from '../../schedules/language/hoverPicture.ts';
import { plain } from '../../schedules/language/markdown.ts';

/** A picture as VS Code's Markdown has it, in the text itself; `width` is in pixels. */
export function pictureMarkdown({ svg, alt }: Picture, width: number): string {
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return `![${plain(alt)}](${address}|width=${width})`;
}
