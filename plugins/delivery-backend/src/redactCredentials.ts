const GONE = '***';

/** Names whose values are secret; letters after one allow for `token2` or `passwordHash`. */
const SECRET_NAME =
  '(?:password|passwd|pwd|passphrase|secret|token|credentials?|signature|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|client[_-]?key[_-]?data)\\w{0,20}';
/** A value up to its closing quote, or up to whatever ends a word. */
const VALUE = `\\\\"[^"\\\\]*(?:\\\\")?|"(?:[^"\\\\]|\\\\.)*"?|'[^']*'?|[^\\s"'&,;<>)\\]}]+`;
/** A value that is hardly a word of a sentence. */
const RANDOM = `(?=[^\\s"',;]{0,200}\\d|[^\\s"',;]{20})`;

/*
 * Each pattern begins with something fixed and never looks back, so the time is
 * proportional to the length of the text, whoever wrote it.
 */
const PATTERNS: ReadonlyArray<[RegExp, string]> = [
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}-----|$)/g,
    GONE,
  ],
  // What stands before the `@` of a URL.
  [/:\/\/[^/\s"'<>]*@/g, `://${GONE}@`],
  // Headers, as curl and HTTP libraries print them.
  [
    /(authorization|private-token|x-auth-token|x-api-key|set-cookie|\bcookie)(["']?\s{0,4}[:=]\s{0,4}["']?)(?:(?:bearer|basic|token|digest|negotiate)\s{1,4})?[^\s"'<>]+/gi,
    `$1$2${GONE}`,
  ],
  [
    new RegExp(`\\b(bearer|basic)\\s{1,4}${RANDOM}[\\w.~+/=-]{6,}`, 'gi'),
    `$1 ${GONE}`,
  ],
  // JSON Web Tokens, and keys that their issuers made recognisable.
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, GONE],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, GONE],
  // GitLab's by name: any `gl…-` would take names that Kubernetes generates, `build-glwqk-1`.
  [
    /\b(?:gh[opsur]_|github_pat_|gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct)-|xox[abeprs]-|npm_|hvs\.)[\w.-]{10,}/g,
    GONE,
  ],
  // A name of Kubernetes that begins with `sk-` has no capital letter; a key has.
  [/\bsk-(?=[\w-]{0,60}[A-Z])[\w-]{10,}/g, GONE],
  // --token VALUE
  [
    new RegExp(`(--(?:[\\w]+-)?${SECRET_NAME}\\s{1,4})(?!-)(?:${VALUE})`, 'gi'),
    `$1${GONE}`,
  ],
  // TOKEN=value, ?token=value, "token":"value"
  [
    new RegExp(`(${SECRET_NAME}["']?\\s{0,4}=\\s{0,4})(?:${VALUE})`, 'gi'),
    `$1${GONE}`,
  ],
  [
    new RegExp(`(${SECRET_NAME}\\\\?["']\\s{0,4}:\\s{0,4})(?:${VALUE})`, 'gi'),
    `$1${GONE}`,
  ],
  // password: value; of the others only what is no word, as in `token: expired`.
  [
    /((?:password|passwd|passphrase)\s{0,4}:\s{0,4})[^\s"',;<>]+/gi,
    `$1${GONE}`,
  ],
  [
    new RegExp(`(${SECRET_NAME}\\s{0,4}:\\s{0,4})${RANDOM}(?:${VALUE})`, 'gi'),
    `$1${GONE}`,
  ],
];

/** Every pattern needs one of these; nearly no text has one, and most texts are names. */
const HINT =
  /:\/\/|key|token|pass|pwd|secret|cred|sign|auth|cookie|bearer|basic|eyJ|AKIA|ASIA|gh[opsur]_|github_pat_|gl[a-z]{2,5}-|xox|npm_|hvs\.|sk-/i;
/** Shorter than any credential with what makes it recognisable. */
const MINIMUM_LENGTH = 10;
/** No message is longer; of what looks suspicious and is, the rest is dropped. */
const MAXIMUM_LENGTH = 64 * 1024;

/**
 * Takes out of a text whatever looks like a credential: user information of URLs,
 * authorization headers, bearer and known kinds of tokens, private keys, and the values
 * of names such as `password`. Messages of other programs are shown to people; what
 * those programs quote in them may be anything.
 */
export function redactCredentials(text: string): string {
  if (text.length < MINIMUM_LENGTH || !HINT.test(text)) {
    return text;
  }
  return PATTERNS.reduce(
    (redacted, [pattern, replacement]) =>
      redacted.replace(pattern, replacement),
    text.slice(0, MAXIMUM_LENGTH),
  );
}

/** Every text inside a value, with {@link redactCredentials}; names of fields stay. */
export function withoutCredentials<T>(value: T): T {
  if (typeof value === 'string') {
    return redactCredentials(value) as T;
  }
  if (Array.isArray(value)) {
    return value.map(withoutCredentials) as T;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        withoutCredentials(each),
      ]),
    ) as T;
  }
  return value;
}
