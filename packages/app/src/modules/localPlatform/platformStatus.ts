import { z } from 'zod';

const systemSchema = z.object({
  name: z.string(),
  title: z.string(),
  state: z.enum([
    'waiting',
    'downloading',
    'building',
    'starting',
    'ready',
    'failed',
  ]),
  since: z.string(),
  expectedSeconds: z.number().optional(),
  message: z.string().optional(),
});

/** What `packages/local-platform` writes about itself. */
export const platformStatusSchema = z.object({
  systems: z.array(systemSchema),
});

export type PlatformSystem = z.infer<typeof systemSchema>;
