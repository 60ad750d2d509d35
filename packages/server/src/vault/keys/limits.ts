/** The largest private key that is looked at, in bytes. An RSA key of 16384 bits takes about 13 KiB. */
export const maxKeyBytes = 64 * 1024;

/** The longest comment that is shown, in UTF-16 code units. */
export const maxCommentLength = 255;

/** The smallest RSA modulus that is used at all; OpenSSH refuses shorter ones on both ends. */
export const minRsaBits = 1024;

/** The smallest RSA modulus that is not remarked upon (NIST SP 800-131A). */
export const strongRsaBits = 2048;

/** The largest RSA modulus, the bound of OpenSSL and OpenSSH. */
export const maxRsaBits = 16_384;

/** The largest RSA public exponent, in bytes; OpenSSL verifies nothing beyond 64 bits. */
export const maxRsaExponentBytes = 8;

/** bcrypt rounds of an OpenSSH key. `ssh-keygen` makes 16 or 24 unless told otherwise with `-a`. */
export const maxBcryptRounds = 1000;

/** bcrypt rounds of the keys made here: the default of OpenSSH since 9.4. */
export const ownBcryptRounds = 24;

/** PBKDF2 iterations of a PKCS#8 key. OpenSSL makes 2,048 unless told otherwise. */
export const maxPbkdf2Iterations = 5_000_000;

/** scrypt memory of a PKCS#8 key, in bytes (128 · N · r). OpenSSL makes 16 MiB. */
export const maxScryptBytes = 128 * 1024 * 1024;

/** scrypt parallelism; each lane is computed after the other. */
export const maxScryptLanes = 4;

/** Argon2 memory of a PuTTY key, in KiB. PuTTYgen makes 8 MiB. */
export const maxArgon2Kib = 256 * 1024;

/** Argon2 work of a PuTTY key, passes · KiB. */
export const maxArgon2WorkKib = 4 * 1024 * 1024;

/** Argon2 lanes of a PuTTY key. */
export const maxArgon2Lanes = 16;

/** How long a worker may take to read a key before it is ended: enough for the dearest accepted derivation, 25 s of one processor. */
export const readTimeoutMs = 60_000;

/** How long a worker may take to make a key; 8192 bits of RSA take ten seconds on average, with a long tail. */
export const generateTimeoutMs = 120_000;

/** How long a job waits for a free worker before it is turned away. */
export const queueTimeoutMs = 30_000;

/** How many jobs wait at most. */
export const maxQueuedJobs = 256;

/** How many of them may be of one account. */
export const maxQueuedJobsOfOne = 64;

/** How many workers read keys at the same time; the last of them is started for a second account alone. */
export const readWorkers = 3;

/** How many workers make keys at the same time; apart from the readers, because a large RSA key takes long. */
export const generateWorkers = 1;

/** When an idle worker is ended; nothing that it derived stays in memory after that. */
export const workerIdleMs = 5_000;

/** The JavaScript heap of a worker. A key of 64 KiB takes a small part of it. */
export const workerHeapMb = 64;
