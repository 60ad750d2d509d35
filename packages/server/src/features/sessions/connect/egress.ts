import type { EgressPolicy, EgressRule } from '../../../kernel/egress/policy.ts';
import type { EgressCheck } from '../../../protocols/protocol.ts';

/** A denied connection, for the audit log. */
export interface EgressDenial {
  readonly host: string;
  readonly port: number;
  readonly rule: EgressRule;
}

/** The policy as a login uses it, and the last connection that it denied. */
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
