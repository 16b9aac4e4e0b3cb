/** The tests beside the commands of package.json, which are modules that nothing compiles. */
module.exports = {
  rootDir: '..',
  testMatch: ['**/*.test.mjs'],
  moduleFileExtensions: ['mjs', 'cjs', 'js', 'json'],
  transform: {},
};
