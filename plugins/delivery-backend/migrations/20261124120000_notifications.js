// @ts-check

/**
 * What owners are told of, each under a key that every replica makes alike. A row stays
 * after it was sent, so that no replica sends it again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('notifications', table => {
    table.comment('What owners of entities are told of');
    table.text('key').primary();
    table.text('kind').notNullable();
    table.text('entity_ref').notNullable();
    table
      .text('scope')
      .notNullable()
      .comment('Of several in one scope the newest stands for all');
    table.text('payload').notNullable().comment('JSON; what is shown');
    table.text('recipients').notNullable().comment('JSON');
    table.dateTime('due_at').notNullable().comment('Not sent before');
    table.dateTime('settled_at').comment('When nothing was left to do');
    table.text('outcome').comment('sent, superseded or expired');
    table.index(['settled_at', 'due_at'], 'notifications_due_idx');
    table.index(['scope'], 'notifications_scope_idx');
  });

  await knex.schema.createTable('notification_leases', table => {
    table.comment('Who sends what is in a scope, until when');
    table.text('scope').primary();
    table.text('holder').notNullable();
    table.dateTime('held_until').notNullable();
  });

  await knex.schema.createTable('notifications_began', table => {
    table.comment('Nothing is told of what happened before');
    table.integer('id').primary();
    table.dateTime('began_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('notifications_began');
  await knex.schema.dropTable('notification_leases');
  await knex.schema.dropTable('notifications');
};
