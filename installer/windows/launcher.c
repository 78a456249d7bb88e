/* Starts the Python of the folder "runtime" beside this program with the workbench's module.
 *
 * -DPYTHON_DLL=L"python313.dll"   the interpreter
 * -DMODULE=L"fupin_desktop"       the module; without it this is a plain python.exe, for the tests
 * -DWINDOW                        no console: faults are shown in a box
 *
 * Work beside the window (multiprocessing) starts this program again with Python's own words and the mark
 * --multiprocessing-fork; these are handed on as they are.
 */
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768

typedef int (*python_main)(int, wchar_t **);

static int stop(const wchar_t *what, const wchar_t *file)
{
    static wchar_t text[LONGEST + 400];
    _snwprintf(text, LONGEST + 399, L"%ls\n%ls\n(Windows: %lu)\n\n台账数据没有受影响。请重新安装产业扶贫工作台。", what, file, GetLastError());
#ifdef WINDOW
    MessageBoxW(NULL, text, L"产业扶贫工作台打不开", MB_ICONERROR);
#else
    fwprintf(stderr, L"%ls\n", text);
#endif
    return 127;
}

static int is_side_process(int count, wchar_t **words)
{
    for (int i = 1; i < count; i++)
        if (!wcscmp(words[i], L"--multiprocessing-fork")) return 1;
    return 0;
}

static int run(void)
{
    static wchar_t folder[LONGEST], library[LONGEST + 32];
    int count, at = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST - 32);
    while (length && folder[length - 1] != L'\\') length--;
    wcscpy(folder + length, L"runtime");
    _snwprintf(library, LONGEST + 31, L"%ls\\%ls", folder, PYTHON_DLL);
    SetDllDirectoryW(folder); /* instead of the current folder, which may be a stick's */
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python) return stop(L"程序文件不全，打不开:", library);
    python_main start = (python_main)(void *)GetProcAddress(python, "Py_Main");
    if (!start) return stop(L"程序文件不对:", library);
#ifdef MODULE
    if (!is_side_process(count, words)) {
        wchar_t **all = calloc(count + 3, sizeof *all);
        if (!all) return stop(L"内存不足", library);
        all[at++] = words[0];
        all[at++] = L"-m";
        all[at++] = MODULE;
        for (int i = 1; i < count; i++) all[at++] = words[i];
        return start(at, all);
    }
#endif
    (void)at; (void)is_side_process;
    return start(count, words);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE here, HINSTANCE before, LPWSTR line, int show)
{
    (void)here; (void)before; (void)line; (void)show;
    return run();
}
#else
int wmain(void) { return run(); }
#endif
