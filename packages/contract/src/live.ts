import { z } from 'zod';

export const stateFrameSchema = z.object({
  type: z.enum(['IDENTITIES', 'ENTRIES', 'CONNECTIONS', 'ORGANIZATIONS']),
  data: z.null(),
});
export type StateFrame = z.output<typeof stateFrameSchema>;
