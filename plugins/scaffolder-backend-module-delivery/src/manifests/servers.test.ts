import { serverProblem } from './servers';

describe('serverProblem', () => {
  it.each([
    'https://kubernetes.default.svc',
    'https://ABC123.gr7.eu-west-1.eks.amazonaws.com',
    'https://10.0.0.1:6443',
    'https://rancher.example.com/k8s/clusters/c-m-abc',
    'arn:aws:eks:eu-central-1:123456789012:cluster/spoke-prod',
    'arn:aws-us-gov:eks:us-gov-west-1:123456789012:cluster/hub_2',
  ])('takes %s', server => {
    expect(serverProblem(server)).toBeUndefined();
  });

  it.each([
    '',
    '*',
    '!https://prod.example.com',
    'https://*.example.com',
    'https://prod.example.com?a=b',
    'https://user:secret@prod.example.com',
    'prod.example.com',
    'in-cluster',
    'arn:aws:eks:*:*:cluster/*',
    'arn:aws:eks:eu-central-1:123456789012:cluster/*',
    'arn:aws:iam::123456789012:role/hub',
  ])('refuses %j', server => {
    expect(serverProblem(server)).toMatch(/^give the cluster as it is/);
  });
});
