import * as contract from '@gatehouse/contract/audit';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../kernel/http/serve.ts';
import type { AuditLog } from './service.ts';

/** The routes of contract section 7. */
export function addAuditRoutes(app: FastifyInstance, auditLog: AuditLog): void {
  serve(app, contract.listAuditLogs, ({ caller, query }) => auditLog.list(caller, query));
  serve(app, contract.auditMetadata, ({ caller }) => auditLog.metadata(caller));
  serve(app, contract.exportAuditLogs, ({ caller, query, setHeader }) => {
    setHeader('content-disposition', 'attachment; filename="audit.jsonl"');
    return auditLog.export(caller, query);
  });
  serve(app, contract.verifyAuditLog, ({ caller }) => auditLog.verify(caller));
  serve(app, contract.auditCheckpoint, ({ caller }) => auditLog.checkpoint(caller));
}
