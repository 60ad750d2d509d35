import { faultOfMissing } from '@gatehouse/contract/messages/faults';
import type { FastifySerializerCompiler } from 'fastify/types/schema.js';
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';

/** A part of a request that its schema does not take. */
export class InvalidPart extends Error {
  override readonly name = 'InvalidPart';
  readonly issues: readonly z.core.$ZodIssue[];
  /** The part of the request, set by Fastify. */
  validationContext?: string;

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('a part of the request does not fit its schema');
    this.issues = issues;
  }
}

/** Validates a part of a request with its schema of the contract; the result replaces it, or is `InvalidPart`. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => {
    const { success, data: value, error } = schema.safeParse(data, { error: faultOfMissing });
    return success ? { value } : { error: new InvalidPart(error.issues) };
  };
};

/** An answer that does not fit its schema is a fault of this server: it throws, and nothing of it is sent. */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => JSON.stringify(schema.encode(data));
};
