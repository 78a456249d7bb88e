/* For trials under Wine 8 only, never handed out: windows.ui.dll with the one class that Qt asks for at its start,
 * Windows.UI.ViewManagement.UISettings. Wine 8 has none, and Qt's window plugin then ends the program.
 * It tells Windows' usual colours and takes no listeners. */
#include <windows.h>

typedef struct Face { const void **calls; } Face;

static Face maker, settings, colours;

static BOOL same(const GUID *a, DWORD first) { return a->Data1 == first; }

static HRESULT WINAPI ask(Face *self, const GUID *wanted, void **found)
{
    BOOL common = same(wanted, 0x00000000) || same(wanted, 0xaf86e2e0) || same(wanted, 0x94ea2b94); /* IUnknown IInspectable IAgileObject */
    *found = NULL;
    if (self == &maker)
        *found = common || same(wanted, 0x00000035) ? &maker : NULL;                  /* IActivationFactory */
    else if (same(wanted, 0x03021be4))
        *found = &colours;                                                            /* IUISettings3 */
    else if (common || same(wanted, 0x85361600))
        *found = &settings;                                                           /* IUISettings */
    return *found ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI count(Face *self) { (void)self; return 1; } /* static objects: nothing to count */
static HRESULT WINAPI interfaces(Face *self, ULONG *number, void **list) { (void)self; *number = 0; *list = NULL; return S_OK; }
static HRESULT WINAPI name(Face *self, void **text) { (void)self; *text = NULL; return S_OK; }
static HRESULT WINAPI trust(Face *self, int *level) { (void)self; *level = 0; return S_OK; }
static HRESULT WINAPI make(Face *self, void **made) { (void)self; *made = &settings; return S_OK; }
static HRESULT WINAPI absent(Face *self) { (void)self; return E_NOTIMPL; }
static HRESULT WINAPI add_listener(Face *self, void *listener, INT64 *token) { (void)self; (void)listener; *token = 0; return S_OK; }
static HRESULT WINAPI drop_listener(Face *self, INT64 token) { (void)self; (void)token; return S_OK; }

/* background, foreground, three darker accents, accent, three lighter ones: alpha, red, green, blue */
static HRESULT WINAPI colour(Face *self, int which, BYTE *argb)
{
    static const BYTE usual[9][3] = {
        {255, 255, 255}, {0, 0, 0}, {0, 26, 104}, {0, 62, 146}, {0, 90, 158}, {0, 120, 215}, {66, 156, 227}, {118, 185, 237}, {166, 216, 255},
    };
    (void)self;
    if (which < 0 || which > 8) which = 5;
    argb[0] = 255;
    memcpy(argb + 1, usual[which], 3);
    return S_OK;
}

#define COMMON ask, count, count, interfaces, name, trust
#define NONE absent, absent, absent, absent, absent, absent, absent, absent
static const void *of_maker[] = { COMMON, make };
static const void *of_settings[] = { COMMON, NONE, NONE };
static const void *of_colours[] = { COMMON, colour, add_listener, drop_listener };
static Face maker = { of_maker }, settings = { of_settings }, colours = { of_colours };

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *class_name, void **found)
{
    (void)class_name;
    *found = &maker;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
