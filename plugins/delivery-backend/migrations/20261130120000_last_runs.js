// @ts-check

/**
 * Of thousands of pipelines the run that began last is read at once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table.index(['pipeline', 'created_at'], 'runs_created_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropIndex(['pipeline', 'created_at'], 'runs_created_idx');
  });
};
