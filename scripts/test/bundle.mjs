/** Fails when our packages add more to a portal than they may; says what they add. */
export async function bundleIsSmall() {
  // Not before it is needed: the Node release that begins the tests may not read TypeScript.
  const { measureBundle } = await import(
    '../../bench/src/bundle/measureBundle.ts'
  );
  const { targets, tables } = await measureBundle();
  for (const [part, size] of tables.flatMap(({ rows }) => rows)) {
    console.log(`  ${size.toFixed(1).padStart(6)} kB  ${part}`);
  }
  const missed = targets.filter(({ value, limit }) => value > limit);
  if (missed.length > 0) {
    throw new Error(
      missed
        .map(
          ({ name, value, limit, unit }) =>
            `${name}: ${value.toFixed(1)} ${unit} where ${limit} are allowed`,
        )
        .join('; '),
    );
  }
}
