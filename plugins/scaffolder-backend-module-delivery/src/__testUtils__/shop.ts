/** What a platform tells the template, on this machine with Gitea. */
export const environment = {
  gitProvider: 'gitea',
  gitHost: '127.0.0.1:3000',
  gitOwner: 'golden-path',
  cluster: 'local',
  awsRegion: 'us-west-2',
  awsAccountId: '000000000000',
  awsResourcePrefix: 'peeks',
  hubHostname: 'hub.localhost',
  ingressDomain: 'apps.localhost',
};

/** What a developer enters to make the application "shop". */
export const values = {
  name: 'shop',
  owner: 'group:default/payments',
  description: 'Sells "everything": even #quotes\' and ${{ braces }}',
  port: 8080,
  replicas: 1,
  ingress: false,
  table: false,
};
