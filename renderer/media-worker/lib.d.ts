// `using` closes decoders and frames, which hold memory that the garbage collector does not see.
/// <reference lib="esnext.disposable" />
