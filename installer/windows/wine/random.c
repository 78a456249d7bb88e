/* For trials under Wine 8 only, never handed out: bcryptprimitives.dll with ProcessPrng, which modules written in Rust
 * import and Windows has had since version 8. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *bytes, SIZE_T count) { return RtlGenRandom(bytes, (ULONG)count); }
