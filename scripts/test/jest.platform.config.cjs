/**
 * Runs the tests of one kind that need a real API server: `*.platformTest.ts`, or those
 * that `DELIVERY_TESTS` names.
 */
const kind = process.env.DELIVERY_TESTS ?? 'platformTest';

module.exports = require('@backstage/cli/config/jest').then(config => ({
  ...config,
  testTimeout: 180_000,
  projects: config.projects
    .filter(project =>
      /-backend|local-platform|scaffolder-backend/.test(project.rootDir),
    )
    .map(project => ({ ...project, testMatch: [`**/*.${kind}.ts`] })),
}));
