module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Tests as well, only that they need the local platform.
      files: ['**/*.platformTest.ts'],
      rules: { 'no-restricted-imports': 'off' },
    },
  ],
});
