import { config } from 'zod';

// The policy of this page forbids eval, which zod would try for speed as soon as the first schema is made: this module must be imported before any.
config({ jitless: true });
