// @ts-check

/**
 * The last lines of steps that failed: pods are gone soon, and with them their logs.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('step_logs', table => {
    table.comment('Last lines of the logs of steps that failed');
    table.text('cluster').notNullable();
    table.text('run_uid').notNullable().comment('uid of the Workflow');
    table.text('node').notNullable().comment('Step, or attempt at it');
    table.text('pipeline').notNullable();
    table.text('run').notNullable();
    table.text('step_id').notNullable();
    table.text('step').notNullable();
    table.text('pod').notNullable();
    table.text('container').notNullable();
    table.text('lines').notNullable().comment('JSON; without credentials');
    table.boolean('is_cut').notNullable();
    table.dateTime('finished_at').notNullable();
    table.primary(['cluster', 'run_uid', 'node']);
    table.index(['pipeline', 'run'], 'step_logs_run_idx');
    table.index(['finished_at'], 'step_logs_finished_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('step_logs');
};
