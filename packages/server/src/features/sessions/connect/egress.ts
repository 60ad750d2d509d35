import type { EgressPolicy, EgressRule } from '../../../kernel/egress/policy.ts';
import type { EgressCheck } from '../../../protocols/protocol.ts';

/** A connection that was denied, for the audit log. */
export interface EgressDenial {
  readonly host: string;
  readonly port: number;
  readonly rule: EgressRule;
}

/** The policy as a login asks it, and what it denied last. */
export function watchEgress(policy: EgressPolicy): {
  readonly check: EgressCheck;
  lastDenial(): EgressDenial | undefined;
} {
  let last: EgressDenial | undefined;
  return {
    async check(request) {
      const rule = await policy('ssh-login', request);
      if (rule !== undefined) last = { host: request.host, port: request.port, rule };
      return rule === undefined;
    },
    lastDenial: () => last,
  };
}
