/**
 * Runs the tests named `*.platformTest.ts`: those that need a real API server.
 */
module.exports = require('@backstage/cli/config/jest').then(config => ({
  ...config,
  testTimeout: 180_000,
  projects: config.projects
    .filter(project =>
      /-backend|local-platform|scaffolder-backend/.test(project.rootDir),
    )
    .map(project => ({ ...project, testMatch: ['**/*.platformTest.ts'] })),
}));
