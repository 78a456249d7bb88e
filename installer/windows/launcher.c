/* Starts the Python of the folder "runtime" beside this program with the workbench's module.
 *
 * -DPYTHON=L"python313"        the interpreter, without its ending
 * -DMODULE=L"fupin_desktop"    the module; without it this is a plain python.exe, for the tests
 * -DWINDOW                     no console: faults are shown in a box
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

/* What a virus scanner may have taken away and Python would only tell a console that is not there. */
static const wchar_t *const NEEDED[] = {
    PYTHON L".dll", PYTHON L".zip",
#ifdef MODULE
    L"packages\\" MODULE L"\\__main__.py",
#endif
};

static void tell(const wchar_t *text)
{
#ifdef WINDOW
    MessageBoxW(NULL, text, L"产业扶贫工作台打不开", MB_ICONERROR);
#else
    static char bytes[4 * (LONGEST + 400)];
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    UINT page = GetConsoleOutputCP() ? GetConsoleOutputCP() : GetACP();
    DWORD mode, written;
    if (GetConsoleMode(out, &mode)) {
        WriteConsoleW(out, text, (DWORD)wcslen(text), &written, NULL);
    } else {
        int length = WideCharToMultiByte(page, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        if (length > 1) WriteFile(out, bytes, (DWORD)length - 1, &written, NULL);
    }
#endif
}

static int stop(const wchar_t *what, const wchar_t *file)
{
    static wchar_t text[LONGEST + 400];
    _snwprintf(text, LONGEST + 399, L"%ls\n%ls\n(Windows: %lu)\n\n台账数据没有受影响。请重新安装产业扶贫工作台。\n", what, file, GetLastError());
    tell(text);
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
    static wchar_t folder[LONGEST], file[LONGEST + 64];
    int count, at = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST - 32);
    while (length && folder[length - 1] != L'\\') length--;
    wcscpy(folder + length, L"runtime");
    if (!words) return stop(L"内存不足", folder);
    for (int i = sizeof NEEDED / sizeof *NEEDED - 1; i >= 0; i--) { /* the interpreter last: it is loaded next */
        _snwprintf(file, LONGEST + 63, L"%ls\\%ls", folder, NEEDED[i]);
        if (GetFileAttributesW(file) == INVALID_FILE_ATTRIBUTES) return stop(L"程序文件不全，打不开，可能被杀毒软件隔离了:", file);
    }
    SetDllDirectoryW(folder); /* instead of the current folder, which may be a stick's */
    HMODULE python = LoadLibraryExW(file, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python) return stop(L"程序文件不全，打不开，可能被杀毒软件隔离了:", file);
    python_main start = (python_main)(void *)GetProcAddress(python, "Py_Main");
    if (!start) return stop(L"程序文件不对:", file);
#ifdef MODULE
    if (!is_side_process(count, words)) {
        wchar_t **all = calloc(count + 3, sizeof *all);
        if (!all) return stop(L"内存不足", file);
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
