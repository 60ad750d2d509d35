/** The largest private key that is looked at, in bytes. An RSA key of 16384 bits takes about 13 KiB. */
export const MAX_KEY_BYTES = 64 * 1024;

/** The longest comment that is shown, in UTF-16 code units. */
export const MAX_COMMENT_LENGTH = 255;

/** The smallest RSA modulus that is used at all; OpenSSH refuses shorter ones on both ends. */
export const MIN_RSA_BITS = 1024;

/** The smallest RSA modulus that is not remarked upon (NIST SP 800-131A). */
export const STRONG_RSA_BITS = 2048;

/** The largest RSA modulus, the bound of OpenSSL and OpenSSH. */
export const MAX_RSA_BITS = 16_384;

/** The largest RSA public exponent, in bytes; OpenSSL verifies nothing beyond 64 bits. */
export const MAX_RSA_EXPONENT_BYTES = 8;

/** bcrypt rounds of an OpenSSH key. `ssh-keygen` makes 16 or 24 unless told otherwise with `-a`. */
export const MAX_BCRYPT_ROUNDS = 1000;

/** bcrypt rounds of the keys made here: the default of OpenSSH since 9.4. */
export const OWN_BCRYPT_ROUNDS = 24;

/** PBKDF2 iterations of a PKCS#8 key. OpenSSL makes 2,048 unless told otherwise. */
export const MAX_PBKDF2_ITERATIONS = 5_000_000;

/** scrypt memory of a PKCS#8 key, in bytes (128 · N · r). OpenSSL makes 16 MiB. */
export const MAX_SCRYPT_BYTES = 128 * 1024 * 1024;

/** scrypt parallelism; each lane is computed after the other. */
export const MAX_SCRYPT_LANES = 4;

/** Argon2 memory of a PuTTY key, in KiB. PuTTYgen makes 8 MiB. */
export const MAX_ARGON2_KIB = 256 * 1024;

/** Argon2 work of a PuTTY key, passes · KiB. */
export const MAX_ARGON2_WORK_KIB = 4 * 1024 * 1024;

/** Argon2 lanes of a PuTTY key. */
export const MAX_ARGON2_LANES = 16;

/** How long a worker may take to read a key before it is ended: enough for the dearest accepted derivation, 25 s of one processor. */
export const READ_TIMEOUT_MS = 60_000;

/** How long a worker may take to make a key; 8192 bits of RSA take ten seconds on average, with a long tail. */
export const GENERATE_TIMEOUT_MS = 120_000;

/** How long a job waits for a free worker before it is turned away. */
export const QUEUE_TIMEOUT_MS = 30_000;

/** How many jobs wait at most. */
export const MAX_QUEUED_JOBS = 256;

/** How many of them may be of one account. */
export const MAX_QUEUED_JOBS_OF_ONE = 64;

/** How many workers read keys at the same time; the last of them is started for a second account alone. */
export const READ_WORKERS = 3;

/** How many workers make keys at the same time; apart from the readers, because a large RSA key takes long. */
export const GENERATE_WORKERS = 1;

/** When an idle worker is ended; nothing that it derived stays in memory after that. */
export const WORKER_IDLE_MS = 5_000;

/** The JavaScript heap of a worker. A key of 64 KiB takes a small part of it. */
export const WORKER_HEAP_MB = 64;
