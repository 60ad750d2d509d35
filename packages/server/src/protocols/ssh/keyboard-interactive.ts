import type { Client, KeyboardInteractiveAuthMethod, Prompt as ServerPrompt } from 'ssh2';
import type { Interaction } from '../protocol.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Attempt } from '../dial/attempt.ts';
import { impossibleQuestions, personRequired } from './hints.ts';
import { sendSecrets } from './packet-secrets.ts';
import { sanitize } from '../untrusted-text.ts';

/** A server that asks more is not asking a person. */
const maxPrompts = 20;
const maxRounds = 10;
const maxPromptLength = 400;
const maxInstructionsLength = 2_000;

/** One request of the server (RFC 4256 section 3.2), as ssh2 passes it. */
interface Request {
  readonly title: string;
  readonly instructions: string;
  readonly prompts: readonly ServerPrompt[];
}

/** Who answers: the stored password, if there is an untried one, then the person. */
export interface Answerer {
  readonly interaction: Interaction;
  readonly openPassword: (() => Promise<Secret | undefined>) | undefined;
}

/** Creates ssh2's prompt handler. The stored password answers one single prompt without echo, once; the person answers the rest. */
export function answerPrompts(answerer: Answerer, attempt: Attempt, client: Client) {
  let password = answerer.openPassword;
  let rounds = 0;

  async function answers(request: Request): Promise<readonly Secret[]> {
    rounds += 1;
    if (request.prompts.length > maxPrompts || rounds > maxRounds) throw impossibleQuestions();
    const [only, ...more] = request.prompts;
    if (only?.echo === false && more.length === 0 && password) {
      const open = password;
      password = undefined;
      const secret = await attempt.whileAsking(open, (late) => late?.destroy());
      if (secret !== undefined && secret.byteLength > 0) return [secret];
    }
    return askPerson(answerer.interaction, request, attempt);
  }

  return (...[title, instructions, , prompts, finish]: Parameters<KeyboardInteractiveAuthMethod['prompt']>) => {
    answers({ title, instructions, prompts })
      .then((secrets) => {
        try {
          if (!attempt.signal.aborted) sendAnswers(client, secrets, finish);
        } finally {
          destroyAll(secrets);
        }
      })
      .catch((error: unknown) => {
        attempt.fail(error instanceof Error ? error : new Error('a question went wrong', { cause: error }));
      });
  };
}

/** ssh2 writes the answers into its packet at once, so they are not needed afterwards. */
function sendAnswers(client: Client, secrets: readonly Secret[], finish: (answers: string[]) => void): void {
  const answers = secrets.map((secret) => secret.expose((bytes) => bytes));
  sendSecrets(client, answers, () => {
    // Its types declare only strings, which could not be overwritten.
    finish(answers as unknown as string[]);
  });
}

function destroyAll(secrets: readonly Secret[]): void {
  for (const secret of secrets) secret.destroy();
}

async function askPerson(interaction: Interaction, request: Request, attempt: Attempt): Promise<readonly Secret[]> {
  if (interaction.ask === undefined)
    throw personRequired(request.prompts.map(({ prompt }) => sanitize(prompt)).join(' '));
  const title = sanitize(request.title, maxPromptLength);
  const instructions = sanitize(request.instructions, maxInstructionsLength);
  const prompts = request.prompts.map(({ prompt, echo }) => ({
    text: sanitize(prompt, maxPromptLength),
    echo: echo === true,
  }));
  const secrets = await attempt.whileAsking(
    async (signal) => (await interaction.ask?.(title, instructions, prompts, signal)) ?? [],
    destroyAll,
  );
  if (secrets.length !== request.prompts.length) {
    destroyAll(secrets);
    throw new Error('there must be one answer for each question');
  }
  return secrets;
}
