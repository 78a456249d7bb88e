; Puts the program into its folder, whole or not at all. A part of setup.nsi.

; One setup at a time: a second one, started by an impatient double click, would work in the same folder.
!macro LOCK
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "${APP}.setup") p .r0 ?e'
  Pop $1
  StrCpy $Lock $0
  ${If} $1 = 183              ; there is one already
    MessageBox MB_OK|MB_ICONSTOP "${TITLE}的另一个安装程序正在安装或卸载。请等它做完再试一次。$\r$\n$\r$\n这一个什么都没有改动。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

!macro UNLOCK
  System::Call 'kernel32::CloseHandle(p $Lock)'
!macroend

; A running program holds its own file: ask to close it; silent, give up. $1: why else it cannot be written, 0 where it can.
!macro WAIT_UNTIL_CLOSED ID FILE
  again_${ID}:
  System::Call 'kernel32::CreateFileW(w "${FILE}", i 0x40000000, i 7, p 0, i 3, i 0, p 0) p .r0 ?e'
  Pop $1
  ${If} $0 != -1
    System::Call 'kernel32::CloseHandle(p r0)'
    StrCpy $1 0
  ${ElseIf} $1 = 32           ; held by somebody
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TITLE}正在运行。请先关闭它，再点“重试”。$\r$\n$\r$\n程序和数据都没有改动。" /SD IDCANCEL IDRETRY again_${ID}
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

!macro WAIT_AND_ASK_RIGHT ID FILE
  !insertmacro WAIT_UNTIL_CLOSED ${ID} "${FILE}"
  ${If} $1 = 5
    MessageBox MB_OK|MB_ICONSTOP "“${FILE}”不能改动：没有权限。$\r$\n$\r$\n程序和数据都没有改动。请用管理员账户再试一次。" /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
!macroend

; Where the program lay before, closed there too.
!macro READ_EARLIER ID PLACE HIVE
  ReadRegStr ${PLACE} ${HIVE} "${KEY}" "InstallDir"
  ${If} ${PLACE} != ""
    !insertmacro WAIT_UNTIL_CLOSED ${ID}window "${PLACE}\${APP}.exe"
    !insertmacro WAIT_UNTIL_CLOSED ${ID}command "${PLACE}\fupin.exe"
  ${EndIf}
!macroend

; While nothing lies in $INSTDIR: a program that is still there lies elsewhere, however the two folders are written.
!macro KEEP_IF_ELSEWHERE PLACE
  ${IfNot} ${FileExists} "${PLACE}\${APP}.exe"
    StrCpy ${PLACE} ""
  ${EndIf}
!macroend

!macro REMOVE_EARLIER PLACE
  ${If} ${PLACE} != ""
    !insertmacro REMOVE_PROGRAM "${PLACE}"
    RMDir "${PLACE}"
  ${EndIf}
!macroend

Function Move         ; $4 to $5; tried for 5 s, since an antivirus holds a fresh file a moment
  StrCpy $6 0
  again:
  ClearErrors
  Rename "$4" "$5"
  IfErrors 0 moved
  IntOp $6 $6 + 1
  ${If} $6 < 10
    Sleep 500
    Goto again
  ${EndIf}
  SetErrors
  moved:
FunctionEnd

!macro MOVE NAME FROM TO FAILED
  ${If} ${FileExists} "${FROM}\${NAME}"
    StrCpy $4 "${FROM}\${NAME}"
    StrCpy $5 "${TO}\${NAME}"
    Call Move
    IfErrors ${FAILED}
  ${EndIf}
!macroend

!macro MOVE_PROGRAM FROM TO FAILED
  !insertmacro MOVE "runtime" "${FROM}" "${TO}" ${FAILED}
  !insertmacro MOVE "licenses" "${FROM}" "${TO}" ${FAILED}
  !insertmacro MOVE "fupin.exe" "${FROM}" "${TO}" ${FAILED}
  !insertmacro MOVE "uninstall.exe" "${FROM}" "${TO}" ${FAILED}
  !insertmacro MOVE "${APP}.exe" "${FROM}" "${TO}" ${FAILED}
!macroend

!macro REMOVE_PROGRAM PLACE   ; never an empty one
  Delete "${PLACE}\${APP}.exe"
  Delete "${PLACE}\fupin.exe"
  Delete "${PLACE}\uninstall.exe"
  RMDir /r "${PLACE}\runtime"
  RMDir /r "${PLACE}\licenses"
!macroend

; What Windows lists and shows, in the registry and the start menu of the context at hand.
!macro REMOVE_ENTRIES
  RMDir /r "$SMPROGRAMS\${TITLE}"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${KEY}"
!macroend

Function RemoveHalf   ; what was written beside; the folder that this setup works in cannot be removed
  SetOutPath "$TEMP"
  RMDir /r "${NEW}"
  RMDir "$INSTDIR"             ; only when empty
FunctionEnd

Section "-Program"
  !insertmacro CONTEXT
  !insertmacro LOCK
  !insertmacro WAIT_AND_ASK_RIGHT window "$INSTDIR\${APP}.exe"
  !insertmacro WAIT_AND_ASK_RIGHT command "$INSTDIR\fupin.exe"
  !insertmacro READ_EARLIER earlier $Earlier SHCTX
  StrCpy $Own ""
  ${If} $ForAll = 1             ; it serves this user too, and two versions would share her data
    !insertmacro READ_EARLIER own $Own HKCU
  ${EndIf}
  StrCpy $Upgrade 0
  ${If} ${FileExists} "$INSTDIR\${APP}.exe"
    StrCpy $Upgrade 1
  ${EndIf}
  ; Everything is written beside first: a full disk or a power cut leaves the old program whole.
  RMDir /r "${NEW}"
  SetOverwrite try             ; what cannot be written is told below, in our words
  ClearErrors
  !include "${FILES}"
  WriteUninstaller "${NEW}\uninstall.exe"
  IfErrors 0 written
    Call RemoveHalf
    MessageBox MB_OK|MB_ICONSTOP "“$INSTDIR”里写不了文件：可能磁盘已满，或者没有权限。$\r$\n$\r$\n原来的程序和数据都没有改动。请腾出空间，或者换一个文件夹再装。" /SD IDOK
    SetErrorLevel 5
    Quit
  written:
  SetOutPath "$INSTDIR"
  ; The old program goes beside too, and is deleted when the new one is in its place.
  RMDir /r "${OLD}"
  CreateDirectory "${OLD}"
  !insertmacro MOVE_PROGRAM "$INSTDIR" "${OLD}" held
  !insertmacro KEEP_IF_ELSEWHERE $Earlier
  !insertmacro KEEP_IF_ELSEWHERE $Own
  !insertmacro MOVE_PROGRAM "${NEW}" "$INSTDIR" fresh
  RMDir "${NEW}"
  RMDir /r "${OLD}"
  Goto placed
  fresh:
    !insertmacro REMOVE_PROGRAM "$INSTDIR"
  held:
    !insertmacro MOVE_PROGRAM "${OLD}" "$INSTDIR" lost
    RMDir "${OLD}"
    RMDir /r "${NEW}"
    MessageBox MB_OK|MB_ICONSTOP "“$INSTDIR”里的文件正被别的程序占用，换不上新的程序：可能是杀毒软件，也可能有窗口开在那个文件夹里。$\r$\n$\r$\n原来的程序和数据都没有改动。请关闭那个程序，或者重新启动电脑，再装一次。" /SD IDOK
    SetErrorLevel 5
    Quit
  lost:                         ; the next setup puts it right
    RMDir /r "${NEW}"
    MessageBox MB_OK|MB_ICONSTOP "“$INSTDIR”里的文件正被别的程序占用，新的程序换不上，旧的也放不回去，${TITLE}现在打不开。$\r$\n$\r$\n台账数据没有改动。请重新启动电脑，再装一次。" /SD IDOK
    SetErrorLevel 5
    Quit
  placed:
  !insertmacro REMOVE_EARLIER $Earlier
  !insertmacro REMOVE_EARLIER $Own
  ${If} $ForAll = 1
    SetShellVarContext current
    !insertmacro REMOVE_ENTRIES
    SetShellVarContext all
  ${EndIf}
  WriteRegStr SHCTX "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${APP}.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"
  CreateDirectory "$SMPROGRAMS\${TITLE}"
  CreateShortcut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\${APP}.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}\用示范数据练习.lnk" "$INSTDIR\${APP}.exe" "--sample"
  CreateShortcut "$SMPROGRAMS\${TITLE}\检查这台电脑.lnk" "$INSTDIR\${APP}.exe" "--selftest"
  CreateShortcut "$SMPROGRAMS\${TITLE}\卸载.lnk" "$INSTDIR\uninstall.exe"
  ${If} $Upgrade = 0            ; whoever took it off the desktop does not get it again
    CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${APP}.exe"
  ${EndIf}
  !insertmacro UNLOCK
SectionEnd

Function .onInstFailed          ; the disk is full
  Call RemoveHalf
  SetErrorLevel 5
FunctionEnd
