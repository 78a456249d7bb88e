; Setup of the workbench. Written for makensis 3.08; build.py hands in:
;   APP TITLE VERSION NUMBERS FILES DEEPEST TARGET ICON WELCOME HEADER STUB
; Exit codes when silent: 0 done, 2 the program or another setup is running, 3 not for this Windows, 4 a newer version is installed,
; 5 files cannot be written or replaced, 6 (uninstaller) the program is not here.
; Switches: /S silent, /ALLUSERS for every user of the PC, /D=folder (last, without quotes); a folder that holds other
; things gets one of the program's own below it. Uninstaller: /S, /SETTINGS.
Unicode true
Target ${STUB}
!ifdef QUICK
  SetCompressor /SOLID zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh
!insertmacro VersionCompare
!insertmacro GetParameters
!insertmacro GetOptions

!define KEY "Software\${APP}"
!define NEW "$INSTDIR\${APP}.new"   ; no folder of the clerk's is called so
!define OLD "$INSTDIR\${APP}.old"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"

Name "${TITLE}"
OutFile "${TARGET}"
BrandingText "${TITLE} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "CompanyName" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

Var ForAll        ; 1: for every user of the PC
Var Earlier       ; another folder, in which the program lay before
Var Own           ; installing for every user: the folder of a program of this user alone
Var Lock          ; held while files are changed
Var ForAllButton
Var Upgrade       ; 1: the program is there already
Var Settings      ; uninstaller: 1 deletes the settings of this user too
Var SettingsBox

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WELCOME}"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${HEADER}"
!define MUI_HEADERIMAGE_UNBITMAP "${HEADER}"
!define MUI_WELCOMEPAGE_TITLE "安装${TITLE} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "${TITLE}在这台电脑上工作，不需要联网。$\r$\n$\r$\n如果已经装有旧版本，安装后就是新版本，台账数据和设置都保留。安装前请先关闭正在运行的${TITLE}。$\r$\n$\r$\n点“下一步”继续。"
!define MUI_FINISHPAGE_TITLE "${TITLE}装好了"
!define MUI_FINISHPAGE_TEXT "桌面和开始菜单里有它的图标。$\r$\n$\r$\n第一次打开时，程序会问台账数据放在哪里；从旧版本升级的，数据和设置都在原处。"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION OpenProgram
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${TITLE}"
!insertmacro MUI_PAGE_WELCOME
Page custom WhoPage WhoLeave
!define MUI_PAGE_HEADER_TEXT "装在哪里"
!define MUI_PAGE_HEADER_SUBTEXT "一般不用改。"
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序装到下面的文件夹里。要换地方，点“浏览”选一个文件夹。$\r$\n$\r$\n台账数据不放在这里，重装、卸载程序都不会动它。"
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "程序的文件夹"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FolderLeave
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑卸载${TITLE}。台账数据不会删除，重新安装后可以接着用。"
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.SettingsPage un.SettingsLeave
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; ---- for whom ------------------------------------------------------------------------------------------------------

!macro CONTEXT
  SetRegView 64
  ${If} $ForAll = 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

Function Places       ; the folder of an earlier setup, else the usual one
  !insertmacro CONTEXT
  ReadRegStr $0 SHCTX "${KEY}" "InstallDir"
  ${If} $0 == ""
    ${If} $ForAll = 1
      StrCpy $0 "$PROGRAMFILES64\${APP}"
    ${Else}
      StrCpy $0 "$LOCALAPPDATA\Programs\${APP}"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function RefuseDowngrade
  ReadRegStr $1 SHCTX "${UNINSTALL}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} "$1" "${VERSION}" $2
    ${If} $2 = 1
      MessageBox MB_OK|MB_ICONSTOP "这台电脑上装的是更新的版本 $1，不能换成旧版本 ${VERSION}：新版本写过的数据旧版本打不开。$\r$\n$\r$\n程序和数据都没有改动。" /SD IDOK
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${TITLE}需要 64 位的 Windows 10 或 Windows 11，这台电脑装不了。$\r$\n$\r$\n电脑上什么都没有改动。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  SetRegView 64
  StrCpy $ForAll 0
  ReadRegStr $0 HKLM "${KEY}" "InstallDir"
  ReadRegStr $1 HKCU "${KEY}" "InstallDir"
  ${If} $0 != ""
  ${AndIf} $1 == ""
    StrCpy $ForAll 1          ; an upgrade goes where the program is
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $ForAll 1
  ${EndIf}
  Call Places
  ${If} $INSTDIR == ""        ; no /D=, or one that NSIS drops without a word
    System::Call 'kernel32::GetCommandLineW() w .r1'
    System::Call 'shlwapi::StrStrIW(w r1, w "/D=") p .r2'
    ${If} $2 <> 0
      MessageBox MB_OK|MB_ICONSTOP "“/D=”后面的文件夹用不了：没有那个盘，路径当中有一个不是文件夹，或者加了引号(它写在最后，不加引号)。$\r$\n$\r$\n电脑上什么都没有改动。" /SD IDOK
      SetErrorLevel 5
      Quit
    ${EndIf}
    StrCpy $INSTDIR $0
  ${EndIf}
  ${If} ${Silent}             ; else when she has chosen
    Call OwnFolder
    Call RefuseTooLong
    ${If} ${Errors}
      SetErrorLevel 5
      Quit
    ${EndIf}
  ${EndIf}
  Call RefuseDowngrade
FunctionEnd

Function OwnFolder    ; in a folder that holds other things nothing is replaced: the program gets one of its own there
  StrCpy $1 "$INSTDIR" 1 -1
  ${If} $1 == "\"
    StrCpy $INSTDIR "$INSTDIR" -1
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${APP}.exe"
  ${OrIf} ${FileExists} "${NEW}\*.*"
  ${OrIf} ${FileExists} "${OLD}\*.*"
    Return
  ${EndIf}
  StrLen $1 "$INSTDIR"
  ${DirState} "$INSTDIR" $2
  ${If} $1 < 3                ; a whole disk
  ${OrIf} $2 = 1
    StrCpy $INSTDIR "$INSTDIR\${APP}"
  ${EndIf}
FunctionEnd

Function RefuseTooLong  ; told before anything is done: Windows opens no path of more than 259 characters. Sets errors.
  StrLen $1 "${NEW}\"
  IntOp $1 $1 + ${DEEPEST}
  IntOp $1 $1 - 259           ; so many are too many
  ClearErrors
  ${If} $1 > 0
    StrLen $2 "$INSTDIR"
    IntOp $2 $2 - $1
    MessageBox MB_OK|MB_ICONSTOP "文件夹的路径太长，程序的文件放不进去：“$INSTDIR”。最多 $2 个字。$\r$\n$\r$\n电脑上什么都没有改动。请换一个路径短的文件夹。" /SD IDOK
    SetErrors
  ${EndIf}
FunctionEnd

Function FolderLeave
  StrCpy $3 "$INSTDIR"
  Call OwnFolder
  Call RefuseTooLong
  ${If} ${Errors}
    StrCpy $INSTDIR "$3"
    Abort
  ${EndIf}
  ${If} "$INSTDIR" != "$3"
  ${AndIf} "$INSTDIR\" != "$3"
    MessageBox MB_OKCANCEL|MB_ICONINFORMATION "“$3”里有别的东西，程序装到它下面的“$INSTDIR”，原有的文件都不动。" IDOK agreed
      StrCpy $INSTDIR "$3"
      Abort
    agreed:                   ; what stands in the field is what counts when the page is left
    SendMessage $mui.DirectoryPage.Directory ${WM_SETTEXT} 0 "STR:$INSTDIR"
  ${EndIf}
FunctionEnd

Function OpenProgram  ; Explorer starts it as the clerk, not as the administrator that this setup may run as
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${APP}.exe"'
FunctionEnd

Function WhoPage
  !insertmacro MUI_HEADER_TEXT "为谁安装" "只有一个人用这台电脑时，选第一项。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 8u 100% 12u "只为我自己安装（不需要管理员密码）"
  Pop $1
  ${NSD_CreateRadioButton} 0 26u 100% 12u "为使用这台电脑的每个人安装（需要管理员密码）"
  Pop $ForAllButton
  ${NSD_CreateLabel} 0 50u 100% 32u "无论选哪一项，台账数据放在哪里由第一次打开程序时决定，不在程序的文件夹里。"
  Pop $2
  ${If} $ForAll = 1
    ${NSD_Check} $ForAllButton
  ${Else}
    ${NSD_Check} $1
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function WhoLeave
  StrCpy $3 $ForAll
  ${NSD_GetState} $ForAllButton $0
  ${If} $0 = ${BST_CHECKED}
    StrCpy $ForAll 1
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      ClearErrors
      ExecShell "runas" "$EXEPATH" "/ALLUSERS"
      ${If} ${Errors}
        MessageBox MB_OK|MB_ICONINFORMATION "没有得到管理员的同意。可以改选“只为我自己安装”。"
        StrCpy $ForAll $3
        Abort
      ${EndIf}
      Quit
    ${EndIf}
  ${Else}
    StrCpy $ForAll 0
  ${EndIf}
  ${If} $3 <> $ForAll
    Call Places
    StrCpy $INSTDIR $0
    Call RefuseDowngrade
  ${EndIf}
FunctionEnd

!include "placing.nsh"
!include "removing.nsh"
