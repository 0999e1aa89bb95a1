// Gives pa_win_wasapi.c mingw-w64's own headers, in the order and with the definitions that it needs.
#define COBJMACROS
#include <windows.h>

#include <audioclient.h>
#include <avrt.h>
#include <endpointvolume.h>
#include <malloc.h>
#include <mmreg.h>
#define INITGUID
#include <devicetopology.h>
#include <functiondiscoverykeys_devpkey.h>
#include <mmdeviceapi.h>
#undef INITGUID
