// Asks the Windows console and catches what ends the program.
#include "platform/console.h"

#include "platform/clock.h"
#include "platform/wait.h"
#include "platform/wide_win32.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#include <shellapi.h>

static const int32_t COLUMNS_UNKNOWN = 80;
static const uint64_t PATIENCE_NS = 1000000000u; // a second Ctrl-C after this ends the program at once
// Windows ends the program when the handler of a closed window returns, and after 5 s in any case.
static const DWORD LAST_WORDS_MS = 4500;

static _Atomic uint32_t interrupted;
static _Atomic uint64_t first_interrupt_ns;

/// The console behind a stream; INVALID_HANDLE_VALUE where there is none.
static HANDLE console_of(FILE *stream) {
    HANDLE handle = (HANDLE)_get_osfhandle(_fileno(stream));
    DWORD mode;
    return handle != INVALID_HANDLE_VALUE && GetConsoleMode(handle, &mode) ? handle : INVALID_HANDLE_VALUE;
}

// The console is the shell's: its code pages are as they were when the program is over.
static UINT output_page;
static UINT input_page;

static void restore_code_pages(void) {
    if (output_page != 0 && input_page != 0) { // there is a console
        SetConsoleOutputCP(output_page);
        SetConsoleCP(input_page);
    }
}

void console_init(void) {
    FILE *const streams[] = {stdin, stdout, stderr};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        _setmode(_fileno(streams[i]), _O_BINARY); // sound may be written to standard output
        HANDLE console = console_of(streams[i]);
        DWORD mode;
        if (i > 0 && console != INVALID_HANDLE_VALUE && GetConsoleMode(console, &mode)) {
            SetConsoleMode(console, mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
        }
    }
    output_page = GetConsoleOutputCP();
    input_page = GetConsoleCP();
    atexit(restore_code_pages);
    SetConsoleOutputCP(CP_UTF8);
    SetConsoleCP(CP_UTF8);
}

char **console_arguments(int count, char **given) {
    int wide_count = 0;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &wide_count);
    char **arguments = wide && wide_count == count ? calloc((size_t)count + 1, sizeof *arguments) : NULL;
    for (int i = 0; arguments && i < count; i++) {
        char *argument = wide_to_utf8(wide[i]);
        arguments[i] = argument ? argument : given[i];
    }
    LocalFree(wide);
    return arguments ? arguments : given;
}

/// MSYS2's and Cygwin's terminals are pipes with names such as \msys-1888ae32e00d56aa-pty0-to-master.
static bool is_msys_terminal(FILE *stream) {
    enum { NAME_CHARACTERS = 256 };
    struct {
        FILE_NAME_INFO info;
        wchar_t rest[NAME_CHARACTERS];
    } name = {.info.FileNameLength = 0};
    HANDLE handle = (HANDLE)_get_osfhandle(_fileno(stream));
    if (handle == INVALID_HANDLE_VALUE || GetFileType(handle) != FILE_TYPE_PIPE ||
        !GetFileInformationByHandleEx(handle, FileNameInfo, &name, sizeof name - sizeof(wchar_t))) {
        return false;
    }
    name.info.FileName[name.info.FileNameLength / sizeof(wchar_t)] = L'\0';
    return (wcsstr(name.info.FileName, L"msys-") || wcsstr(name.info.FileName, L"cygwin-")) &&
           wcsstr(name.info.FileName, L"-pty");
}

bool console_is_terminal(FILE *stream) {
    return console_of(stream) != INVALID_HANDLE_VALUE || is_msys_terminal(stream);
}

int32_t console_columns(FILE *stream) {
    CONSOLE_SCREEN_BUFFER_INFO info;
    HANDLE console = console_of(stream);
    if (console != INVALID_HANDLE_VALUE && GetConsoleScreenBufferInfo(console, &info)) {
        return info.srWindow.Right - info.srWindow.Left + 1;
    }
    return COLUMNS_UNKNOWN;
}

bool console_is_utf8(void) {
    return GetConsoleOutputCP() == CP_UTF8 || is_msys_terminal(stdout);
}

/// Runs in a thread that the system starts for it. Returning false ends the program.
static BOOL WINAPI on_event(DWORD event) {
    uint64_t now = clock_now_ns();
    // Relaxed: the word is all that crosses; nothing else is published by it.
    if (atomic_load_explicit(&interrupted, memory_order_relaxed) == 0) {
        atomic_store_explicit(&first_interrupt_ns, now, memory_order_relaxed);
        atomic_store_explicit(&interrupted, 1, memory_order_relaxed);
        wait_wake_all(&interrupted);
    } else if (event == CTRL_C_EVENT &&
               now - atomic_load_explicit(&first_interrupt_ns, memory_order_relaxed) > PATIENCE_NS) {
        return FALSE;
    }
    if (event == CTRL_CLOSE_EVENT || event == CTRL_LOGOFF_EVENT || event == CTRL_SHUTDOWN_EVENT) {
        Sleep(LAST_WORDS_MS); // main() returns meanwhile, and with it the program
    }
    return TRUE;
}

bool console_catch_interrupts(Error *error) {
    if (!SetConsoleCtrlHandler(on_event, TRUE)) {
        error_set(error, "Ctrl-C: Windows error %lu; end the program from its window", GetLastError());
        return false;
    }
    return true;
}

bool console_interrupted(void) {
    return atomic_load_explicit(&interrupted, memory_order_relaxed) != 0;
}

bool console_wait_interrupted(uint64_t timeout_ns) {
    uint64_t wake_ns = clock_now_ns() + timeout_ns;
    while (!console_interrupted() && wait_on_word_until(&interrupted, 0, wake_ns)) {
    }
    return console_interrupted();
}
