module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Tests of other suites, and what only they use; they may use what tests use.
      files: [
        'src/**/*.platformTest.ts',
        'src/**/*.canaryTest.ts',
        'src/**/*.deliveryTest.ts',
        'src/**/*.faultTest.ts',
        'src/kubernetes/faults/**',
        'src/canary/**',
        'src/scenarios/**',
      ],
      rules: {
        // The portal that makes an application is that of the scaffolder module's tests.
        '@backstage/no-forbidden-package-imports': 'off',
        '@backstage/no-undeclared-imports': 'off',
        'no-restricted-imports': 'off',
        'no-restricted-syntax': 'off',
      },
    },
    {
      // What each operation promises is checked in one place, and so are waits for it.
      files: ['src/**/*.deliveryTest.ts', 'src/scenarios/**'],
      rules: {
        'jest/no-standalone-expect': 'off',
        'jest/expect-expect': 'off',
      },
    },
  ],
});
