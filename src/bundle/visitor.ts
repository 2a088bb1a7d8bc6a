/** One archive member or file, as the archive names it. */
export type Entry = {
  /** Path with forward slashes, as it stands in the archive; never used to open or write anything. */
  readonly path: string;
  /** Size that the archive declares, in bytes; not to be trusted. */
  readonly size: number | undefined;
  /** When the file was changed, in milliseconds since 1970. */
  readonly modified: number | undefined;
};

/** Takes the bytes of one entry as they flow by. */
export type Sink = {
  /** The chunk is only valid during the call: who keeps bytes copies them. */
  chunk(bytes: Buffer): void;
  /** Called once; `complete` is false when the archive was cut inside this entry. */
  end(complete: boolean): void;
};

/** Is shown every regular file of a bundle, front to back; an entry without a sink is skipped. */
export type Visitor = {
  entry(entry: Entry): Sink | undefined;
  /** Told of what could not be read or was refused. */
  problem(file: string, message: string): void;
  /** What has to be awaited before the next entry is shown, because the last one is still being passed on. */
  settled?(): Promise<void> | undefined;
};
