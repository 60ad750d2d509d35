import type { Client, KeyboardInteractiveAuthMethod } from 'ssh2';
import type { Interaction } from '../protocol.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Attempt } from '../dial/attempt.ts';
import { impossibleQuestions } from './hints.ts';
import { sendSecrets } from './packet-secrets.ts';
import { sanitize } from '../untrusted-text.ts';
import { asksForPassword, splitPrompt, type ServerPrompt } from './password-prompt.ts';

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

/** One conversation of the method. */
export interface Conversation {
  /** The handler for ssh2. */
  readonly prompt: KeyboardInteractiveAuthMethod['prompt'];
  /** Resolves when a prompt needs a person in an unattended login. Nothing of that request is answered. */
  readonly unanswerable: Promise<readonly ServerPrompt[]>;
  /** Whether the stored password was an answer. */
  usedPassword(): boolean;
  /** Whether a person answered. */
  askedPerson(): boolean;
}

/** Creates the answers. The stored password answers the first prompt that asks for the password; the person answers the rest. */
export function answerPrompts({ interaction, openPassword }: Answerer, attempt: Attempt, client: Client): Conversation {
  const unanswerable = Promise.withResolvers<readonly ServerPrompt[]>();
  let open = openPassword;
  let used = false;
  let asked = false;
  let rounds = 0;

  async function answers(request: Request): Promise<readonly Secret[] | undefined> {
    rounds += 1;
    if (request.prompts.length > maxPrompts || rounds > maxRounds) throw impossibleQuestions();
    const at = open === undefined ? -1 : request.prompts.findIndex(asksForPassword);
    const rest = request.prompts.filter((_, index) => index !== at);
    if (rest.length > 0 && interaction.ask === undefined) {
      unanswerable.resolve(rest);
      return undefined;
    }
    const stored = at === -1 ? undefined : await openStored();
    if (at !== -1 && stored === undefined) return answers(request);
    asked ||= rest.length > 0;
    try {
      const typed = rest.length === 0 ? [] : await askPerson(interaction, { ...request, prompts: rest }, attempt);
      return stored === undefined ? typed : typed.toSpliced(at, 0, stored);
    } catch (error) {
      stored?.destroy();
      throw error;
    }
  }

  /** Once: afterwards, a person is asked. */
  async function openStored(): Promise<Secret | undefined> {
    const opening = open;
    open = undefined;
    const secret = opening && (await attempt.whileAsking(opening, (late) => late?.destroy()));
    if (secret === undefined || secret.byteLength === 0) return undefined;
    used = true;
    return secret;
  }

  return {
    unanswerable: unanswerable.promise,
    usedPassword: () => used,
    askedPerson: () => asked,
    prompt(...[title, instructions, , prompts, finish]: Parameters<KeyboardInteractiveAuthMethod['prompt']>) {
      answers({ title, instructions, prompts })
        .then((secrets = []) => {
          try {
            if (secrets.length === prompts.length && !attempt.signal.aborted) sendAnswers(client, secrets, finish);
          } finally {
            destroyAll(secrets);
          }
        })
        .catch((error: unknown) => {
          attempt.fail(error instanceof Error ? error : new Error('a question went wrong', { cause: error }));
        });
    },
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
  const split = request.prompts.map(({ prompt, echo }) => ({ ...splitPrompt(prompt), echo: echo === true }));
  const title = sanitize(request.title, maxPromptLength);
  const messages = [request.instructions, ...split.flatMap(({ messages: lines }) => lines)];
  const instructions = sanitize(messages.join('\n'), maxInstructionsLength);
  const prompts = split.map(({ question, echo }) => ({ text: sanitize(question, maxPromptLength), echo }));
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
