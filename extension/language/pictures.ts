import type { Picture } from '../../schedules/language/hoverPicture.ts';
import { plain } from '../../schedules/language/markdown.ts';

/** A picture as VS Code's Markdown has it, in the text itself; `width` is in pixels. */
export function pictureMarkdown({ svg, alt }: Picture, width: number): string {
  return `![${plain(alt)}](${dataAddress(svg)}|width=${width})`;
}

export function dataAddress(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
