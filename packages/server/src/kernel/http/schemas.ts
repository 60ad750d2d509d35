import type { FastifySerializerCompiler } from 'fastify/types/schema.js';
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';

/** A part of a request that its schema does not take. */
export class InvalidPart extends Error {
  override readonly name = 'InvalidPart';
  readonly issues: readonly z.core.$ZodIssue[];
  /** Set by Fastify: which part it is. */
  validationContext?: string;

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('a part of the request does not fit its schema');
    this.issues = issues;
  }
}

/** Fastify's way to a schema of the contract: a part of a request becomes what the schema makes of it, or `InvalidPart`. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => {
    const { success, data: value, error } = schema.safeParse(data);
    return success ? { value } : { error: new InvalidPart(error.issues) };
  };
};

/** An answer that does not fit its schema is a fault of this server: it throws, and nothing of it is sent. */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => JSON.stringify(schema.encode(data));
};
