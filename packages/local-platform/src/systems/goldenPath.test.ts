import { refusal } from './goldenPath.ts';

const graph = (status: object) => ({
  apiVersion: 'kro.run/v1alpha1',
  kind: 'ResourceGraphDefinition',
  metadata: { name: 'cicdpipeline.kro.run', generation: 2 },
  status,
});

describe('refusal', () => {
  it('is over when kro has made this version active', () => {
    const conditions = [
      { type: 'Ready', status: 'True', observedGeneration: 2 },
    ];
    expect(refusal(graph({ state: 'Active', conditions }))).toBeUndefined();
  });

  it('is not over while only the version before is active', () => {
    const conditions = [
      { type: 'Ready', status: 'True', observedGeneration: 1 },
    ];
    expect(refusal(graph({ state: 'Active', conditions }))).toBe(
      'kro has not accepted cicdpipeline.kro.run yet',
    );
  });

  it('tells what kro says about this version', () => {
    const conditions = [
      {
        type: 'GraphAccepted',
        status: 'False',
        message: 'undeclared reference to schmea',
        observedGeneration: 2,
      },
    ];
    expect(refusal(graph({ state: 'Inactive', conditions }))).toBe(
      'kro has not accepted cicdpipeline.kro.run yet: undeclared reference to schmea',
    );
  });
});
