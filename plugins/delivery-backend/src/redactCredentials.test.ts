import { redactCredentials, withoutCredentials } from './redactCredentials';

const MARK = 'c4n4ry-Zm9v';

describe('redactCredentials', () => {
  it.each([
    [`fatal: unable to access https://ci:${MARK}@git.example/a.git/`],
    [`https://${MARK}@git.example`],
    [`postgres://user:p@${MARK}@db.example:5432/x`],
    [`> Authorization: Bearer ${MARK}`],
    [`{"authorization":"Basic ${MARK}"}`],
    [`authorization: token ${MARK}`],
    [`PRIVATE-TOKEN: ${MARK}`],
    [`rejected bearer ${MARK}`],
    [`curl -H 'Cookie: ${MARK}'`],
    [`key AKIA1234567890ABCDEF, aws_secret_access_key=${MARK}`],
    [`https://s3.example/a?X-Amz-Signature=${MARK}&X-Amz-Date=1`],
    [`https://s3.example/a?X-Amz-Security-Token=${MARK}`],
    [`--password ${MARK} --verbose`],
    [`--registry-token=${MARK}`],
    [`GIT_TOKEN=${MARK} git push`],
    [`password="with blank ${MARK}"`],
    [`password: ${MARK}`],
    [`secret: ${MARK}`],
    [`{"auths":{"r":{"password":"${MARK}\\"${MARK}"}}}`],
    [`{\\"token\\":\\"${MARK}\\"}`],
    [`apiKey=${MARK}, client_secret=${MARK}`],
    [
      `-----BEGIN EC PRIVATE KEY-----\n${MARK}\n${MARK}\n-----END EC PRIVATE KEY-----`,
    ],
    [`-----BEGIN PRIVATE KEY-----\n${MARK} cut off`],
    [`token eyJhbGciOiJFUzI1NiJ9.${MARK}.${MARK} refused`],
    [`glpat-${MARK}, ghp_${MARK}`],
    [`glagent-${MARK}, glrt-${MARK}, gldt-${MARK}`],
    [`sk-${MARK}`],
    [`sk-proj-${MARK}`],
  ])('takes it out of %j', text => {
    expect(redactCredentials(text)).not.toContain(MARK);
    expect(redactCredentials(text)).toContain('***');
  });

  it.each([
    'secret "gitlab-credentials" not found',
    "couldn't find key token in Secret team-checkout/gitlab-credentials",
    'failed to get token: connection refused',
    'basic authentication is not enabled',
    'the bearer of the token is unknown',
    '000000000000.dkr.ecr.us-west-2.amazonaws.com/peeks/checkout:9f3c1abd@sha256:0123',
    'Get "https://git.example:8443/a@v1": dial tcp 127.0.0.1:8443: connect: connection refused',
    'waiting for node "setupworkflow": readyWhen condition evaluated to false: x == "Succeeded"',
    'Error (exit code 128): remote: HTTP Basic: Access denied',
    // Names, the second with a suffix that Kubernetes generates.
    'sk-frontend-cicd-initial-build-workflow-2257348851',
    'checkout-cicd-glwqk-2257348851',
  ])('leaves %j as it is', text => {
    expect(redactCredentials(text)).toBe(text);
  });

  it.each([
    'a',
    '://',
    '://a:',
    'token',
    'token=',
    '--a-',
    'bearer ',
    '"',
    'eyJ',
    'sk-',
    'glpat-',
  ])('takes time proportional to a text of %j', piece => {
    const began = performance.now();
    redactCredentials(piece.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('reads all texts of a value', () => {
    const secret = `https://${MARK}@host.example/`;
    const value = { a: [{ b: secret }], n: 1, none: null, yes: true };
    expect(withoutCredentials(value)).toEqual({
      a: [{ b: 'https://***@host.example/' }],
      n: 1,
      none: null,
      yes: true,
    });
  });
});
