module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Tests of other suites, and what only they use; they may use what tests use.
      files: [
        'src/**/*.platformTest.ts',
        'src/**/*.canaryTest.ts',
        'src/canary/**',
      ],
      rules: {
        '@backstage/no-undeclared-imports': 'off',
        'no-restricted-imports': 'off',
        'no-restricted-syntax': 'off',
      },
    },
  ],
});
