; The uninstaller. A part of setup.nsi.

Function un.onInit
  SetRegView 64
  StrCpy $ForAll 0
  StrCpy $Settings 0
  ReadRegStr $0 HKLM "${KEY}" "InstallDir"
  ReadRegStr $1 HKCU "${KEY}" "InstallDir"
  ${If} $0 == $INSTDIR
    StrCpy $ForAll 1
  ${ElseIf} $1 != $INSTDIR
  ${AndIfNot} ${FileExists} "$INSTDIR\${APP}.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\runtime\packages\fupin_desktop\*.*"
    MessageBox MB_OK|MB_ICONSTOP "“$INSTDIR”里没有${TITLE}：卸载程序要在它自己的文件夹里运行。$\r$\n$\r$\n什么都没有改动。请从“设置 → 应用”卸载。" /SD IDOK
    SetErrorLevel 6
    Quit
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SETTINGS" $1
  ${IfNot} ${Errors}
    StrCpy $Settings 1
  ${EndIf}
  UserInfo::GetAccountType
  Pop $1
  ${If} $ForAll = 1
  ${AndIf} $1 != "Admin"      ; Windows starts it without the right to remove what belongs to everybody
    ClearErrors
    ExecShell "runas" "$INSTDIR\uninstall.exe" "$0"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "没有得到管理员的同意，没有卸载。$\r$\n$\r$\n程序和数据都没有改动。" /SD IDOK
      SetErrorLevel 5
    ${EndIf}
    Quit
  ${EndIf}
FunctionEnd

Function un.SettingsPage
  !insertmacro MUI_HEADER_TEXT "卸载时保留什么" "台账数据、备份和做好的文件总是保留。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateCheckbox} 0 8u 100% 12u "也删除我在这台电脑上的设置和示范数据"
  Pop $SettingsBox
  ${NSD_CreateLabel} 0 30u 100% 48u "台账数据在第一次打开程序时选定的文件夹里，卸载不会动它。确实不再需要时，请先做好备份，再自己删除那个文件夹。"
  Pop $1
  nsDialogs::Show
FunctionEnd

Function un.SettingsLeave
  ${NSD_GetState} $SettingsBox $0
  ${If} $0 = ${BST_CHECKED}
    StrCpy $Settings 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro LOCK
  !insertmacro WAIT_AND_ASK_RIGHT unwindow "$INSTDIR\${APP}.exe"
  !insertmacro WAIT_AND_ASK_RIGHT uncommand "$INSTDIR\fupin.exe"
  !insertmacro REMOVE_PROGRAM "$INSTDIR"
  RMDir /r "${NEW}"
  RMDir /r "${OLD}"
  RMDir "$INSTDIR"             ; only when empty: nothing that is not ours is deleted
  !insertmacro CONTEXT
  ReadRegStr $0 SHCTX "${KEY}" "InstallDir"
  ${IfNot} ${FileExists} "$0\${APP}.exe"   ; else these are the entries of a program in another folder
    !insertmacro REMOVE_ENTRIES
  ${EndIf}
  ${If} $Settings = 1
    SetShellVarContext current
    RMDir /r "$APPDATA\${TITLE}"
    RMDir /r "$LOCALAPPDATA\${TITLE}\示范数据"
    RMDir /r "$LOCALAPPDATA\${TITLE}\自检"
    RMDir "$LOCALAPPDATA\${TITLE}"
  ${EndIf}
SectionEnd
