/** Lets the API server accept an AppProject in a dry run and refuse it in earnest. */
export function refusalOf(app: string): object[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const metadata = { name: `refuse-${app}` };
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['argoproj.io'],
              apiVersions: ['*'],
              operations: ['CREATE'],
              resources: ['appprojects'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'this',
            expression: `object.metadata.name == '${app}-project' && !(has(request.dryRun) && request.dryRun)`,
          },
        ],
        validations: [
          { expression: 'false', message: 'the cluster is being upgraded' },
        ],
      },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: metadata.name, validationActions: ['Deny'] },
    },
  ];
}
