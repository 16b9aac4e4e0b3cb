/** Argo CD reads `*`, `?`, `[`, `{` and `!` in a destination of a project as a pattern: none of them is in here. */
const address = /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[-A-Za-z0-9._~/]*)?$/;

/** What Argo CD as EKS Capability wants instead of an address. */
const eksCluster =
  /^arn:aws[-a-z]*:eks:[-a-z0-9]+:\d{12}:cluster\/[A-Za-z0-9][-_A-Za-z0-9]{0,99}$/;

/**
 * Says why Argo CD cannot know a cluster by this, or nothing when it can.
 *
 * @param server - as configured by a platform team
 */
export function serverProblem(server: string): string | undefined {
  return address.test(server) || eksCluster.test(server)
    ? undefined
    : 'give the cluster as it is registered in Argo CD, without a pattern or credentials: a complete address such as https://prod.example.com, or the ARN of an EKS cluster';
}
