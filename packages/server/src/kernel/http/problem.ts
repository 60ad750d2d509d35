import { maxOpenBodyBytes } from '@gatehouse/contract/operation';
import {
  maxProblemDetails,
  problemStatus,
  type Problem,
  type ProblemCode,
  type ProblemDetail,
} from '@gatehouse/contract/problem';
import type { FastifyError } from 'fastify';
import type { z } from 'zod';
import { AppError, notFound } from '../app-error.ts';
import { InvalidPart } from './schemas.ts';

/** What Fastify itself refuses, in the words of the contract. */
const fastifyProblems: Readonly<Record<string, [ProblemCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'The request body must be JSON (content-type: application/json).',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_request', 'The content-length does not match the request body.'],
  FST_ERR_BAD_URL: ['not_found', 'There is nothing here that you can see.'],
};

/**
 * The problem for whatever was thrown. What is not an `AppError` or a fault of the request is `internal`, without a word about why.
 * `maxBodyBytes` is what the route takes.
 */
export function toAppError(error: unknown, maxBodyBytes = maxOpenBodyBytes): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof InvalidPart) {
    if (error.validationContext === 'params') return notFound();
    const details = error.issues.slice(0, maxProblemDetails).flatMap(detailsOf);
    return new AppError('invalid_request', sentence(details), { details });
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new AppError('payload_too_large', `The request body is larger than ${maxBodyBytes / 1024} KiB.`);
  const known = fastifyProblems[code ?? ''];
  if (known !== undefined) return new AppError(...known);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new AppError('invalid_request', 'The request could not be read.', { cause: error });
  return new AppError('internal', 'Something went wrong here; the request id helps the administrator to find it.', {
    cause: error,
  });
}

function detailsOf(issue: z.core.$ZodIssue): ProblemDetail[] {
  const path = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.slice(0, maxProblemDetails).map((key) => ({
    path: path === '' ? key : `${path}.${key}`,
    message: 'is not a field of this request',
  }));
}

function sentence(details: readonly ProblemDetail[]): string {
  const [first] = details;
  if (first === undefined) return 'The request is not valid.';
  return first.path === '' ? `The request is not valid: ${first.message}` : `${first.path}: ${first.message}`;
}

/** The body that every failure answers with. */
export function problemBody(error: AppError, requestId: string): Problem {
  return {
    code: problemStatus[error.code],
    message: error.message,
    error: error.code,
    ...(error.details === undefined ? {} : { details: error.details.slice(0, maxProblemDetails) }),
    requestId,
    ...error.facts,
  };
}
