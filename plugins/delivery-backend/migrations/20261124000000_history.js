// @ts-check

/**
 * Each row is a fact of the cluster under the id that the cluster itself gave it, so that
 * any number of replicas may write the same fact.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runs', table => {
    table.comment('Finished Argo Workflows');
    table.text('cluster').notNullable();
    table.text('uid').notNullable().comment('uid of the Workflow');
    table.text('pipeline').notNullable().comment('Where its pipeline is');
    table.text('namespace').notNullable();
    table.text('name').notNullable();
    table.text('purpose').notNullable();
    table.text('phase').notNullable();
    table.text('status').notNullable();
    table.text('image_tag');
    table.text('commit_sha');
    table.text('message').comment('Without credentials and parameters');
    table.dateTime('created_at').notNullable();
    table.dateTime('started_at');
    table.dateTime('finished_at').notNullable();
    table.text('steps').notNullable().comment('JSON');
    table.primary(['cluster', 'uid']);
    table.index(['pipeline', 'finished_at'], 'runs_pipeline_idx');
    table.index(['finished_at'], 'runs_finished_idx');
  });

  await knex.schema.createTable('deployments', table => {
    table.comment('Syncs of the Argo CD Applications of environments');
    table.text('cluster').notNullable();
    table.text('application_uid').notNullable();
    table
      .text('id')
      .notNullable()
      .comment('Id in status.history, or the start of a sync that failed');
    table.text('pipeline').notNullable();
    table.text('environment').notNullable();
    table.text('application').notNullable();
    table.text('outcome').notNullable();
    table.text('revision').comment('Commit of the manifests');
    table.text('commit_sha').comment('Commit that the image was built from');
    table.text('image_tag');
    table.text('message').comment('Without credentials');
    table.text('initiated_by');
    table.dateTime('started_at');
    table.dateTime('finished_at').notNullable();
    table.primary(['cluster', 'application_uid', 'id']);
    table.index(['pipeline', 'finished_at'], 'deployments_pipeline_idx');
    table.index(['finished_at'], 'deployments_finished_idx');
  });

  await knex.schema.createTable('health_changes', table => {
    table.comment('What the health of an Application came to, and when');
    table.text('cluster').notNullable();
    table.text('application_uid').notNullable();
    table.dateTime('since').notNullable();
    table.text('health').notNullable();
    table.text('pipeline').notNullable();
    table.text('environment').notNullable();
    table.primary(['cluster', 'application_uid', 'since', 'health']);
    table.index(['pipeline', 'since'], 'health_changes_pipeline_idx');
  });

  await knex.schema.createTable('promotions', table => {
    table.comment('Requests to bring a commit to the next environment');
    table.text('cluster').notNullable();
    table
      .text('id')
      .notNullable()
      .comment(
        'Address of the pull request, or project and name of the Promotion',
      );
    table.text('pipeline').notNullable();
    table.text('from_environment');
    table.text('to_environment').notNullable();
    table.text('commit_sha');
    table.text('image_tag');
    table.text('requested_by');
    table.text('pull_request');
    table.dateTime('requested_at').notNullable();
    table.primary(['cluster', 'id']);
    table.index(['pipeline', 'requested_at'], 'promotions_pipeline_idx');
    table.index(['requested_at'], 'promotions_requested_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('promotions');
  await knex.schema.dropTable('health_changes');
  await knex.schema.dropTable('deployments');
  await knex.schema.dropTable('runs');
};
