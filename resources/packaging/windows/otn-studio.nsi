; The installer for Windows, for one person, without an administrator.
; Debian's makensis reads it as well:  makensis -DVERSION=0.1.0 -DBUILT=dist\otn-studio otn-studio.nsi
; Removing it keeps the person's data, unless they say otherwise; silently: uninstall.exe /S [/DELETEDATA]

Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define NAME "OTN Studio"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\otn-studio"
!define TYPE "OtnStudio.Flow"
!define TASK "OTN Studio Engine"
!ifndef ICON
  !define ICON "..\..\..\build\icons\otn-studio.ico"
!endif
!ifndef OUTPUT
  !define OUTPUT "..\..\..\dist\otn-studio-${VERSION}-setup.exe"
!endif

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\otn-studio"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT"
; Signing: !finalize and !uninstfinalize call what README.md says, where it is set
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\otn-studio-window.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString Ask ${LANG_ENGLISH} "Delete everything that ${NAME} has kept, too: published flows, people, every permission that they gave? It can't be had again. Say no to keep it."
LangString Ask ${LANG_GERMAN} "Auch alles löschen, was ${NAME} aufbewahrt hat: veröffentlichte Abläufe, Menschen, jede Erlaubnis, die sie gegeben haben? Es ist nicht wieder zu bekommen. Antworte mit Nein, um es zu behalten."

!macro EndEngine
  nsExec::Exec 'schtasks /End /TN "${TASK}"'
  nsExec::Exec 'taskkill /F /IM otn-studio.exe'
  nsExec::Exec 'taskkill /F /IM otn-studio-window.exe'
!macroend

Section
  !insertmacro EndEngine
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal"
  File /r "${BUILT}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\otn-studio-window.exe"

  ; "Open with" for flows: files of JSON belong to nobody
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "OTN Studio flow"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\otn-studio-window.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\otn-studio-window.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.json\OpenWithProgids" "${TYPE}" ""

  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\otn-studio-window.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section Uninstall
  nsExec::Exec '"$INSTDIR\otn-studio.exe" service remove'
  !insertmacro EndEngine
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\otn-studio.exe"
  Delete "$INSTDIR\otn-studio-window.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegValue HKCU "Software\Classes\.json\OpenWithProgids" "${TYPE}"
  DeleteRegKey HKCU "${KEY}"

  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEDATA" $1
  ${IfNot} ${Errors}
    Goto delete
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(Ask)" /SD IDNO IDYES delete
  Goto keep
  delete:
    RMDir /r "$LOCALAPPDATA\otn-studio"
  keep:
SectionEnd
