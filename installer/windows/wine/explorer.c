/* Starts a program as Explorer does, without standard handles, waits for it and prints its exit code. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **words)
{
    static wchar_t line[8192];
    STARTUPINFOW start = { .cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES };
    PROCESS_INFORMATION made;
    DWORD code = 99;
    for (int i = 1; i < count; i++) {
        wcscat(line, i > 1 ? L" \"" : L"\"");
        wcscat(line, words[i]);
        wcscat(line, L"\"");
    }
    if (CreateProcessW(NULL, line, NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL, &start, &made)) {
        WaitForSingleObject(made.hProcess, INFINITE);
        GetExitCodeProcess(made.hProcess, &code);
    }
    printf("exit %lu\n", code);
    return 0;
}
