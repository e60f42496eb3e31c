; Installer for Windows, made with Inno Setup 6.3 or newer (https://jrsoftware.org/ishelp/).
;
;     python packaging\windows\make_installer.py
;
; which names the version (Version, FourNumbers, Publisher), writes build\windows\open_with.iss from the list of types
; that the other packages use, too, and calls Inno Setup's compiler.

#define Name "Genre Desktop"
#define Window "genre-desktop-window.exe"
#define Console "genre-desktop.exe"
#define ProgId "GenreDesktop.Sound.1"
#define Root SourcePath + "..\..\"

[Setup]
; Tells one program's versions from other programs: never change it.
AppId={{8D5D3B0A-6A5E-4C0B-9C58-3F2B6B1F7A64}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Publisher}
VersionInfoVersion={#FourNumbers}
; For one user and without an administrator, unless the person asks for all users in the first dialogue (or says
; /ALLUSERS on the command line). {autopf}, {autodesktop} and HKA follow.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
DefaultDirName={autopf}\{#Name}
; One shortcut needs no folder in the Start menu, and no page that asks for its name.
DisableProgramGroupPage=yes
; An update goes where the program is.
DisableDirPage=auto
; TensorFlow and PySide6 come as 64-bit x86 wheels; x64compatible includes Windows 11 on Arm, which emulates them.
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Qt 6.8 and newer: Windows 10 version 1809.
MinVersion=10.0.17763
LicenseFile={#Root}dist\genre-desktop\LICENSE
OutputDir={#Root}dist
OutputBaseFilename=genre-desktop-{#Version}-windows-x64-setup
SetupIconFile={#SourcePath}genre-desktop.ico
UninstallDisplayIcon={app}\{#Window}
UninstallDisplayName={#Name}
WizardStyle=modern
; One stream over 1.5 GB of much alike libraries: slow to make and a third smaller.
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
; Restart Manager asks a running window to close, and would start it again with nothing in it.
CloseApplications=yes
RestartApplications=no
; Explorer and the environment learn of it without a new session.
ChangesAssociations=yes
ChangesEnvironment=yes
ShowLanguageDialog=auto
#ifdef SignTool
SignTool={#SignTool}
; The uninstaller is made by the installer, and is signed with it.
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[CustomMessages]
en.OpenWith=Offer {#Name} under "Open with" for sound files and playlists
de.OpenWith={#Name} bei Klangdateien und Wiedergabelisten unter „Öffnen mit“ anbieten
es.OpenWith=Ofrecer {#Name} en «Abrir con» para archivos de sonido y listas
en.OnPath=Command line: add genre-desktop to PATH
de.OnPath=Kommandozeile: genre-desktop in PATH aufnehmen
es.OnPath=Línea de órdenes: añadir genre-desktop a PATH
en.SoundFile=Sound file
de.SoundFile=Klangdatei
es.SoundFile=Archivo de sonido
en.StillRuns={#Name} is still running. Close it and try again.
de.StillRuns={#Name} läuft noch. Schließen Sie es und versuchen Sie es noch einmal.
es.StillRuns={#Name} todavía está abierto. Ciérrelo e inténtelo de nuevo.
en.DeleteData=Delete your models, results, genres set by hand and settings, too?%n%n%1%n%nRecordings in your music folder stay.
de.DeleteData=Auch Ihre Modelle, Ergebnisse, von Hand gesetzten Genres und Einstellungen löschen?%n%n%1%n%nAufnahmen in Ihrem Musikordner bleiben.
es.DeleteData=¿Borrar también sus modelos, resultados, géneros puestos a mano y ajustes?%n%n%1%n%nLas grabaciones de su carpeta de música se quedan.

[Tasks]
Name: "openwith"; Description: "{cm:OpenWith}"
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "onpath"; Description: "{cm:OnPath}"; Flags: unchecked

[InstallDelete]
; Python's and Qt's files of an older version would be found beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
; ignoreversion: an update replaces a library even where its version resource did not change.
Source: "{#Root}dist\genre-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Window}"; Tasks: desktopicon

[Registry]
; So that Win+R and ShellExecute find both without PATH:
; https://learn.microsoft.com/en-us/windows/win32/shell/app-registration
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\{#Window}"; ValueType: string; ValueData: "{app}\{#Window}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\{#Console}"; ValueType: string; ValueData: "{app}\{#Console}"; Flags: uninsdeletekey
; "Open with" and nothing else: no default value of an ending is touched, so no other program loses a file.
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\{#ProgId}"; ValueType: string; ValueData: "{cm:SoundFile}"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\{#ProgId}\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\{#ProgId}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""; Tasks: openwith
; For each ending: OpenWithProgids of the ending, SupportedTypes of the application. Written by make_installer.py.
#include SourcePath + "..\..\build\windows\open_with.iss"
; Only for this user or for all, as the installation is; not twice, and taken out again (see below).
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Check: not IsAdminInstallMode and IsNotOnPath; Tasks: onpath
Root: HKLM; Subkey: "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Check: IsAdminInstallMode and IsNotOnPath; Tasks: onpath

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[Code]
const
  SystemEnvironment = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';

function PathRoot: Integer;
begin
  if IsAdminInstallMode then Result := HKLM else Result := HKCU;
end;

function PathKey: String;
begin
  if IsAdminInstallMode then Result := SystemEnvironment else Result := 'Environment';
end;

function IsNotOnPath: Boolean;
var
  Path: String;
begin
  Result := not RegQueryStringValue(PathRoot, PathKey, 'Path', Path)
    or (Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Path) + ';') = 0);
end;

procedure TakeOffPath;
var
  Path, Folder: String;
  Place: Integer;
begin
  if not RegQueryStringValue(PathRoot, PathKey, 'Path', Path) then exit;
  Folder := ExpandConstant('{app}');
  Place := Pos(';' + Lowercase(Folder) + ';', ';' + Lowercase(Path) + ';');
  if Place = 0 then exit;
  { With the semicolon behind it or, at the end, the one before it. }
  if Place = 1 then Delete(Path, 1, Length(Folder) + 1) else Delete(Path, Place - 1, Length(Folder) + 1);
  RegWriteExpandStringValue(PathRoot, PathKey, 'Path', Path);
end;

function IsRunning: Boolean;
var
  Locator, Service, Found: Variant;
begin
  try
    Locator := CreateOleObject('WbemScripting.SWbemLocator');
    Service := Locator.ConnectServer('.', 'root\cimv2');
    Found := Service.ExecQuery(
      'SELECT ProcessId FROM Win32_Process WHERE Name = "{#Window}" OR Name = "{#Console}"');
    Result := Found.Count > 0;
  except
    Result := False;
  end;
end;

{ Setup asks Windows to close the program (CloseApplications); the uninstaller has no such thing. }
function InitializeUninstall: Boolean;
begin
  Result := True;
  while Result and IsRunning do
    Result := SuppressibleMsgBox(CustomMessage('StillRuns'), mbError, MB_RETRYCANCEL, IDCANCEL) = IDRETRY;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  if Step = usUninstall then TakeOffPath;
  { genre_desktop/core/locations.py: models, results, settings, cache and log are all in here. }
  Data := ExpandConstant('{localappdata}\genre-desktop');
  { Whoever removes it for all users has no say about theirs. }
  if (Step = usPostUninstall) and not IsAdminInstallMode and not UninstallSilent and DirExists(Data) then
    if MsgBox(FmtMessage(CustomMessage('DeleteData'), [Data]), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(Data, True, True, True);
end;
