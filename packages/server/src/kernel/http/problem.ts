import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { faultOf } from '@gatehouse/contract/messages/faults';
import { say, type MessageCode } from '@gatehouse/contract/messages/message';
import { maxOpenBodyBytes } from '@gatehouse/contract/operation';
import { maxProblemDetails, type Problem } from '@gatehouse/contract/problem';
import { problemStatus } from '@gatehouse/contract/problem-status';
import type { FastifyError } from 'fastify';
import type { z } from 'zod';
import { AppError, fieldFault, invalidFields, notFound, refuse, type FieldFault } from '../app-error.ts';
import { InvalidPart } from './schemas.ts';

/** Fastify's own errors in the words of the contract. */
const fastifyProblems = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'body_not_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body_length_wrong',
  FST_ERR_BAD_URL: 'not_visible',
} as const satisfies Readonly<Record<string, MessageCode>>;

/** What a problem says of the request, beside what was thrown. */
interface FailedRequest {
  /** The limit of the route. */
  readonly maxBodyBytes?: number;
  readonly hasBody?: boolean;
}

/** Converts anything thrown to a problem. What is neither an `AppError` nor a fault of the request becomes `internal`, without a reason. */
export function toAppError(
  error: unknown,
  { maxBodyBytes = maxOpenBodyBytes, hasBody = true }: FailedRequest = {},
): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof InvalidPart) {
    if (error.validationContext === 'params') return notFound();
    if (error.validationContext === 'body' && !hasBody) return bodyMissing(error);
    const details = error.issues.slice(0, maxProblemDetails).flatMap(detailsOf);
    return invalidFields(details);
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuse('body_too_large', { size: maxBodyBytes / 1024 });
  if (isFastifyProblem(code)) return refuse(fastifyProblems[code]);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return refuse('request_unreadable', { cause: error });
  return refuse('internal_fault', { cause: error });
}

/** Fastify validates an absent body as null, which would be called a wrong type. */
function bodyMissing({ issues: [issue] }: InvalidPart): AppError {
  const expected = issue?.code === 'invalid_type' ? issue.expected : 'object';
  return refuse('body_missing', { details: [fieldFault('', say('value_missing', { expected }))] });
}

function isFastifyProblem(code: string | undefined): code is keyof typeof fastifyProblems {
  return code !== undefined && Object.hasOwn(fastifyProblems, code);
}

function detailsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const path = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [fieldFault(path, faultOf(issue))];
  return issue.keys
    .slice(0, maxProblemDetails)
    .map((key) => fieldFault(path === '' ? key : `${path}.${key}`, say('field_unknown')));
}

/** The body of every failed request. */
export function problemBody(error: AppError, requestId: string): Problem {
  return {
    code: problemStatus[error.code],
    ...codedFields('message', error.said),
    error: error.code,
    ...(error.details === undefined ? {} : { details: error.details.slice(0, maxProblemDetails) }),
    requestId,
    ...error.facts,
  };
}
