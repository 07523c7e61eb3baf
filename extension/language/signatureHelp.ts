import {
  languages,
  MarkdownString,
  ParameterInformation,
  SignatureHelp,
  SignatureInformation,
  type Disposable,
  type Position,
  type TextDocument,
} from 'vscode';
import { signatureAt } from '../../schedules/language/signature.ts';
import { setting } from '../settings.ts';
import { offsetAt } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';

/**
 * The arguments of the schedule function that is called where somebody types. VS Code shows the
 * answer of one provider only: there is none elsewhere, so that a Python language server's is seen.
 */
export function registerSignatureHelp(sources: Sources): Disposable {
  const provideSignatureHelp = (
    document: TextDocument,
    position: Position,
  ): SignatureHelp | undefined => {
    const source = sources.of(document);
    if (!source || !setting('signatureHelp.enabled', document)) return undefined;
    const found = signatureAt(source.text, source.read, offsetAt(source, document, position));
    if (!found) return undefined;
    const signature = new SignatureInformation(found.label, new MarkdownString(found.summary));
    signature.parameters = found.parameters.map(
      ({ from, to, documentation }) =>
        new ParameterInformation([from, to], new MarkdownString(documentation)),
    );
    const help = new SignatureHelp();
    help.signatures = [signature];
    help.activeSignature = 0;
    // One after the last one marks none.
    help.activeParameter = found.active ?? found.parameters.length;
    return help;
  };
  return languages.registerSignatureHelpProvider(
    { language: 'python' },
    { provideSignatureHelp },
    { triggerCharacters: ['(', ','], retriggerCharacters: ['=', ')'] },
  );
}
