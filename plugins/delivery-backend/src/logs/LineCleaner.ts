import { stripVTControlCharacters } from 'node:util';
import { redactCredentials } from '../redactCredentials';
import { formsOf, withoutForms } from '../sources/argo-workflows/redact';

const GONE = '***';
/** Longer lines say nothing more to a person. */
const LONGEST_LINE = 4_000;
/** A key of 16,384 bits has fewer lines; after them a key that never ends is none. */
const LONGEST_KEY = 300;

const KEY_BEGINS = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/;
const KEY_ENDS = /-----END [A-Z ]{0,40}-----/;
/** A line of a key whose first line is before what was read; no digest has capitals. */
const KEY_BODY =
  /(?<![\w+/])(?=[\da-z+/]{0,63}[A-Z])(?=[\dA-Z+/]{0,63}[a-z])[A-Za-z\d+/]{60,}={0,2}/g;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Makes lines of a log fit to be shown: no colours, no line that was overwritten, nothing
 * that looks like a credential, private keys of many lines included.
 */
export class LineCleaner {
  readonly #secrets: readonly string[];
  /** Lines that are still taken for the rest of a private key. */
  #hidden = 0;

  /** @param secrets - values that must not be shown either */
  constructor(secrets: readonly string[]) {
    this.#secrets = formsOf(secrets.flatMap(each => [each, ...linesOf(each)]));
  }

  /** A line as it may be shown; nothing for the later lines of a key. */
  clean(raw: string): string | undefined {
    // Colours first: inside a credential they would hide it.
    const text = shown(stripVTControlCharacters(raw));
    if (this.#hidden > 0) {
      this.#hidden = KEY_ENDS.test(text) ? 0 : this.#hidden - 1;
      return undefined;
    }
    if (KEY_BEGINS.test(text) && !KEY_ENDS.test(text)) {
      this.#hidden = LONGEST_KEY;
    }
    const clean = redactCredentials(withoutForms(text, this.#secrets)).replace(
      KEY_BODY,
      GONE,
    );
    return clean.length > LONGEST_LINE
      ? `${clean.slice(0, LONGEST_LINE)}…`
      : clean;
  }
}

/** What a terminal shows of a line that begins anew, as progress bars do. */
function shown(line: string): string {
  const last = line.replace(/\r+$/, '');
  return last.slice(last.lastIndexOf('\r') + 1).replace(CONTROL, '');
}

/** Lines of a value; short ones are too common to be taken out. */
function linesOf(value: string): string[] {
  return value.includes('\n')
    ? value.split(/\r?\n/).filter(line => line.trim().length >= 16)
    : [];
}
