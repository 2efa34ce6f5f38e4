/** Shares of an alert's text in characters; together below its limit, so that no part pushes another one out. */
export const SHARES = {
  name: 100,
  finding: 450,
  findings: 850,
  remedy: 300,
  remedies: 500,
  source: 80,
  failure: 300,
  asset: 60,
  consumer: 60,
  consumers: 160,
} as const;
